package dev.latchkey.graph.http;

import java.io.IOException;

/** Reads an answer that is no failure. */
@FunctionalInterface
interface Reading<T> {

  /**
   * Reads it.
   *
   * @param afterLoss whether an earlier attempt, whose answer was lost, may have been carried out
   * @throws IOException if the body breaks off
   */
  T read(Call call, Incoming response, boolean afterLoss) throws IOException;
}
