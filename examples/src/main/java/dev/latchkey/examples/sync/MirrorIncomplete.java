package dev.latchkey.examples.sync;

import dev.latchkey.graph.error.GraphException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The mirror is up to date except for some items. The next run tries these again. */
public final class MirrorIncomplete extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<LeftOut> leftOut;

  MirrorIncomplete(List<LeftOut> leftOut) {
    super(message(leftOut), leftOut.get(0).cause());
    this.leftOut = List.copyOf(leftOut);
  }

  private static String message(List<LeftOut> items) {
    LeftOut first = items.get(0);
    String count = items.size() == 1 ? "1 item was" : items.size() + " items were";
    String which = items.size() == 1 ? "" : "the first of them ";
    return count + " left out of the mirror: " + which + first.path() + ", " + first.reason();
  }

  /** The items, in the order in which they were told; at least one. */
  public List<LeftOut> leftOut() {
    return leftOut;
  }

  /** The first refusal by Graph; null if only this machine could not hold the items. */
  public @Nullable GraphException refusal() {
    return leftOut.stream()
        .map(LeftOut::cause)
        .filter(GraphException.class::isInstance)
        .map(GraphException.class::cast)
        .findFirst()
        .orElse(null);
  }
}
