package dev.latchkey.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.util.List;

/** What came of a command line. */
record Result(int status, String out, String err) {

  List<JsonObject> events() {
    return out.lines().map(line -> new Gson().fromJson(line, JsonObject.class)).toList();
  }

  /** The only line of JSON. */
  JsonObject event() {
    assertThat(events()).as("stdout: %s stderr: %s", out, err).hasSize(1);
    return events().get(0);
  }

  JsonObject lastEvent() {
    assertThat(events()).as("stderr: %s", err).isNotEmpty();
    return events().get(events().size() - 1);
  }

  Result succeeded() {
    assertThat(status).as("stdout: %s stderr: %s", out, err).isZero();
    return this;
  }
}
