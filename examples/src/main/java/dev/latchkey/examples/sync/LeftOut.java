package dev.latchkey.examples.sync;

/**
 * An item of the drive that is not in the mirror, or not in its present version.
 *
 * @param path its path below the mirror, with slashes
 * @param reason why, for a person
 * @param cause what was thrown
 */
public record LeftOut(String path, String reason, Exception cause) {}
