package dev.latchkey.examples.cli.terminal;

import dev.latchkey.Browsers;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** Opens the person's browser, which gets no variable of the command line. */
public final class DesktopBrowser {

  private final Map<String, String> variables;

  public DesktopBrowser(Map<String, String> variables) {
    this.variables = variables;
  }

  /** Opens a page if possible; the address has been printed in any case. */
  public boolean open(URI page) {
    Map<String, String> environment = new HashMap<>(variables);
    environment.keySet().removeIf(ChildProcess::isOurs);
    return Browsers.open(page, environment);
  }
}
