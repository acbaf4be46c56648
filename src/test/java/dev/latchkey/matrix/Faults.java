package dev.latchkey.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** All faults that a request can meet, generated. */
public final class Faults {

  private Faults() {}

  /**
   * The faults of a request.
   *
   * @param error makes an error body of the protocol from a description
   * @param members the members of the good answer, if it is a JSON object
   */
  public static List<WireFault> of(UnaryOperator<String> error, String... members) {
    List<WireFault> all = new ArrayList<>(ConnectionFaults.all());
    all.addAll(HeadFaults.all());
    all.addAll(StatusFaults.all(error));
    all.addAll(BodyFaults.all());
    all.addAll(MemberFaults.all(members));
    return all;
  }
}
