"""What if, in a notebook: what can be chosen, what follows, and the widget that shows it."""
