//! Ordered bytes to typed records, over memory, redb or PostgreSQL.
