package dev.latchkey.schedule;

/**
 * One thing that happens in a schedule: a process does it, or it befalls the process.
 *
 * @param person whom it concerns; ignored where it concerns nobody
 * @param after the number of calls to the store or the server before a kill
 */
record Step(Kind kind, Person person, int after) {

  enum Kind {
    GET,
    REPLACE,
    SIGN_IN,
    SIGN_OUT,
    /** An hour and a bit: every access token expires. */
    EXPIRE,
    /** So long that access tokens are due, but alive. */
    BECOME_DUE,
    /** The monotonic clock stands still meanwhile. */
    SLEEP,
    /** The wall clock is set back by ten minutes. */
    CLOCK_BACK,
    /** An administrator ends the sessions of a person at the server. */
    REVOKE,
    KILL,
    // What the next refresh meets at the server:
    ANSWER_LOST,
    NEVER_LEFT,
    BAD_GATEWAY,
    UNAVAILABLE,
    PORTAL_PAGE,
    OTHER_IDENTITY,
    NO_ACCESS_TOKEN,
    // What the process meets at the store, at the next call of the kind:
    READ_FAILS,
    WRITE_FAILS,
    WRITE_REPORTED_AS_FAILED,
    DELETE_FAILS,
    LEASE_FAILS,
    PREPARE_FAILS;

    boolean isServerFault() {
      return compareTo(ANSWER_LOST) >= 0 && compareTo(NO_ACCESS_TOKEN) <= 0;
    }

    boolean isStoreFault() {
      return compareTo(READ_FAILS) >= 0;
    }
  }

  @Override
  public String toString() {
    return switch (kind) {
      case GET, REPLACE, SIGN_IN, SIGN_OUT, REVOKE -> kind + " " + person;
      case KILL -> kind + " after " + after;
      default -> kind.toString();
    };
  }
}
