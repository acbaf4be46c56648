package dev.latchkey.keyring.internal.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a session bus is looked for, by the environment. */
class BusPlaceTest {

  private static final String VARIABLE = "DBUS_SESSION_BUS_ADDRESS";
  private static final String RUNTIME = "XDG_RUNTIME_DIR";

  @Test
  void allAddressesOfTheVariableAreTriedInTurnAndNoOther() {
    List<BusPlace> places =
        all(Map.of(VARIABLE, "unix:path=/a,guid=1;unix:path=/b;", RUNTIME, "/run/user/7"), 7);

    assertThat(paths(places)).containsExactly("/a", "/b");
    assertThat(places).extracting(BusPlace::named).containsOnly(true);
  }

  /** Else a program that was kept apart would use the person's real keyring. */
  @Test
  void whoNamesABusIsNotGivenThePersonsOwn() {
    assertThat(paths(all(Map.of(VARIABLE, "unix:path=/gone", RUNTIME, "/run/user/7"), 7)))
        .containsExactly("/gone");
    assertThat(all(Map.of(VARIABLE, ";", RUNTIME, "/run/user/7"), 7)).isEmpty();
  }

  @Test
  void anEmptyVariableIsNone() {
    assertThat(paths(all(Map.of(VARIABLE, "", RUNTIME, "/run/user/7"), 7)))
        .containsExactly("/run/user/7/bus");
  }

  @Test
  void withoutTheVariableTheBusOfTheRuntimeDirectoryIsUsed() {
    assertThat(paths(all(Map.of(RUNTIME, "/somewhere"), 7))).containsExactly("/somewhere/bus");
  }

  @Test
  void withoutBothVariablesTheUsualDirectoryOfTheUserIsUsed() {
    assertThat(paths(all(Map.of(), 7))).containsExactly("/run/user/7/bus");
    assertThat(all(Map.of(), null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"disabled:", "unix:path=/dev/null", "/dev/null"})
  void whoWantsNoBusGetsNone(String address) {
    assertThat(all(Map.of(VARIABLE, address, RUNTIME, "/run/user/7"), 7)).isEmpty();
  }

  @Test
  void escapesOfAPathAreUndone() {
    assertThat(paths(all(Map.of(VARIABLE, "unix:path=/a%2c%20b%c3%a4%"), null)))
        .containsExactly("/a, b\u00e4%");
  }

  @Test
  void aSocketWithoutAPathIsNamedForWhatItIs() {
    List<BusPlace> places =
        all(Map.of(VARIABLE, "unix:abstract=/tmp/dbus-x,guid=1;tcp:host=localhost,port=1;x"), null);

    assertThat(places).extracting(BusPlace::isAbstract).containsExactly(true, false, false);
    assertThat(places).extracting(BusPlace::transport).containsExactly("unix", "tcp", "");
    assertThat(places).extracting(BusPlace::path).containsOnlyNulls();
  }

  private static List<BusPlace> all(Map<String, String> variables, @Nullable Integer uid) {
    return BusPlace.all(name -> null, variables::get, uid);
  }

  private static List<String> paths(List<BusPlace> places) {
    return places.stream().map(BusPlace::path).map(Path.class::cast).map(Path::toString).toList();
  }
}
