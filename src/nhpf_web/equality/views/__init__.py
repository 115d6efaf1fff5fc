"""The register of assessments, one assessment, and the steps of writing and signing one."""
