package dev.latchkey.fuzz;

import java.util.stream.Stream;

class GraphFuzzTest extends FuzzContract {

  @Override
  Stream<GraphBytes> targets() {
    return Stream.of(GraphBytes.values());
  }
}
