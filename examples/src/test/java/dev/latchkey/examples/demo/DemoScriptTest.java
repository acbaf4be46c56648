package dev.latchkey.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.DeviceAuthorization;
import dev.latchkey.error.ServiceUnavailable;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class DemoScriptTest {

  private final List<String> told = new ArrayList<>();
  private final DemoScript script =
      new DemoScript(
          new Narrator() {
            @Override
            public void serving(RunningServers servers) {}

            @Override
            public void opened(URI server) {}

            @Override
            public void step(String name, boolean ok, String text) {
              told.add(name + " " + ok + " " + text);
            }

            @Override
            public void ask(DeviceAuthorization shown) {}
          });

  @Test
  void stepThatSucceedsIsTold() {
    script.step("one", () -> "All is well.");

    assertThat(told).containsExactly("one true All is well.");
  }

  @Test
  void failedCheckIsReportedAndEndsTheStory() {
    assertThatThrownBy(
            () ->
                script.step(
                    "two",
                    () -> {
                      DemoScript.check(2 + 2 == 5, "It is four");
                      return "It is five.";
                    }))
        .isInstanceOf(StepFailed.class);

    assertThat(told).containsExactly("two false It is four");
  }

  @Test
  void errorOfTheLibraryIsReportedAndRethrown() {
    var down = new ServiceUnavailable(null, "No connection", null, null, null);

    assertThatThrownBy(
            () ->
                script.step(
                    "three",
                    () -> {
                      throw down;
                    }))
        .isSameAs(down);

    assertThat(told).containsExactly("three false No connection");
  }

  @Test
  void interruptEndsTheStorySilently() {
    assertThatThrownBy(
            () ->
                script.step(
                    "four",
                    () -> {
                      throw new InterruptedException();
                    }))
        .isInstanceOf(CancellationException.class);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(told).isEmpty();
  }
}
