package dev.latchkey.fuzz;

import java.util.Arrays;
import java.util.List;

/** A small input made large: what takes quadratic time shows only then. */
final class Enlarged {

  private Enlarged() {}

  /** The input over and over, and the input with a run in its middle. */
  static List<byte[]> to(int length, byte[] input) {
    return input.length == 0 || input.length >= length
        ? List.of()
        : List.of(repeated(input, length), stretched(input, length));
  }

  private static byte[] repeated(byte[] input, int length) {
    byte[] whole = new byte[length];
    for (int at = 0; at < length; at++) {
      whole[at] = input[at % input.length];
    }
    return whole;
  }

  private static byte[] stretched(byte[] input, int length) {
    int middle = input.length / 2;
    int run = length - input.length;
    byte[] whole = Arrays.copyOf(input, length);
    Arrays.fill(whole, middle, middle + run, input[middle]);
    System.arraycopy(input, middle, whole, middle + run, input.length - middle);
    return whole;
  }
}
