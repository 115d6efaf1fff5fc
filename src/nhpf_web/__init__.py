"""The service: a Django site upon the nhpf library."""
