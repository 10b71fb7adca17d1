"""Finding an item by what people say: exact words first, meaning next, and nothing claimed where nothing fits."""
