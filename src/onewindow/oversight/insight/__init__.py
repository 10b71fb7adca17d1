"""What a centre's figures say: the floor now, the day's three sentences, the ratios the centre promises."""
