"""The pages of one's organisations and of accounts."""
