package dev.latchkey.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserAgentTest {

  @Test
  void productHasTheVersionOfItsModule() {
    String version = Object.class.getModule().getDescriptor().rawVersion().orElseThrow();

    assertThat(UserAgent.product("java", Object.class)).isEqualTo("java/" + version);
  }

  @Test
  void productHasTheVersionOfItsJar() {
    String version = Test.class.getPackage().getImplementationVersion();

    assertThat(version).isNotNull();
    assertThat(UserAgent.product("junit", Test.class)).isEqualTo("junit/" + version);
  }

  @Test
  void versionOfAnotherProductsJarIsNotOurs() {
    assertThat(UserAgent.product("latchkey", Test.class)).isEqualTo("latchkey");
  }

  @Test
  void productWithoutAVersionIsItsName() {
    assertThat(UserAgent.product("latchkey", UserAgentTest.class)).isEqualTo("latchkey");
  }

  @Test
  void applicationComesFirst() {
    assertThat(UserAgent.of("MyApp/1.0 (desktop)", "latchkey/0.1.0"))
        .isEqualTo("MyApp/1.0 (desktop) latchkey/0.1.0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "App\r\nX: y", "Größe/1.0"})
  void whatIsNotPrintableAsciiIsRejected(String application) {
    assertThatThrownBy(() -> UserAgent.of(application, "latchkey"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
