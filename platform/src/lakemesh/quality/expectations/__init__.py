"""What each of Great Expectations' names asks, in Spark SQL, and what it makes of the answers. One file per family."""
