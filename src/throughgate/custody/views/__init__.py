"""Find, bind, act, redirect."""
