"""What the article page shows beside the article: stories, related articles, comments, summaries."""
