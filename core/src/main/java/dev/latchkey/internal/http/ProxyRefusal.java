package dev.latchkey.internal.http;

import java.net.ConnectException;

/** A proxy did not open the tunnel to the server, so that the request stays on this machine. */
public final class ProxyRefusal extends ConnectException {

  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * Creates one.
   *
   * @param status the HTTP status with which the proxy refused
   */
  public ProxyRefusal(int status) {
    super("the proxy refused the tunnel: HTTP " + status);
    this.status = status;
  }

  /** The HTTP status with which the proxy refused. */
  public int status() {
    return status;
  }

  /** Whether the proxy would say the same again: its rules or its password forbid the tunnel. */
  boolean isLasting() {
    return status / 100 == 4 && status != 408 && status != 429;
  }
}
