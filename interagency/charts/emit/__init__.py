"""From scenes and plans to text: SVG and DOT."""
