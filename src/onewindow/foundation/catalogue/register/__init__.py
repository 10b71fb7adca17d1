"""The district's register of items (事项目录): kept by its actions, counted by its queries. The model is the catalogue's."""
