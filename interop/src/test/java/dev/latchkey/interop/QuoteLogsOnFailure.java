package dev.latchkey.interop;

import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/**
 * Prints the end of every running server's output when a test fails. JUnit finds it by itself; no
 * test has to ask for it.
 */
public final class QuoteLogsOnFailure implements AfterTestExecutionCallback {
  /** For JUnit. */
  public QuoteLogsOnFailure() {}

  @Override
  public void afterTestExecution(ExtensionContext context) {
    context
        .getExecutionException()
        .filter(failure -> !(failure instanceof TestAbortedException))
        .ifPresent(failure -> quote(context.getDisplayName()));
  }

  private static void quote(String test) {
    for (ChildProcess process : ChildProcess.running()) {
      System.out.printf("%s failed. %s%n", test, process.quote());
    }
  }
}
