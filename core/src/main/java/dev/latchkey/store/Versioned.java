package dev.latchkey.store;

/**
 * A value as it was read, and the version under which a compare-and-set write may replace it.
 *
 * @param value what was read
 * @param version grows with every write of the record
 * @param <T> the type of the value
 */
public record Versioned<T>(T value, long version) {}
