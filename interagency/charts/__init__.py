"""Charts of a plan: views make scenes, scenes become SVG."""
