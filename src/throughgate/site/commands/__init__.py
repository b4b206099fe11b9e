"""The site's own sub-commands; how one is written stands in `throughgate.site.cli`."""
