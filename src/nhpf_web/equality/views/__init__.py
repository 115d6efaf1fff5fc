"""The registers, one assessment, and the steps of writing and signing one."""
