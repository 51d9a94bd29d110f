"""The medicines catalogue as reviewable data files, and the plain Python that reads them."""
