"""What is decided about a draft: submitted, reviewed, approved, published."""
