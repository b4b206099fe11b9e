"""Sub-commands of this room; how one is written stands in `throughgate.site.cli`."""
