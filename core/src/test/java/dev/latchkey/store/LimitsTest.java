package dev.latchkey.store;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class LimitsTest {

  @Test
  void keysAreShortAndPlain() {
    for (String key : new String[] {"a", "0-9", "-", "z".repeat(64)}) {
      assertThatCode(() -> Limits.key(key)).as(key).doesNotThrowAnyException();
    }
    for (String key :
        new String[] {"", "A", "a/b", "..", "a.b", "a_b", "é", "a\n", "z".repeat(65)}) {
      assertThatIllegalArgumentException().as(key).isThrownBy(() -> Limits.key(key));
    }
  }

  @Test
  void contentsAreNeitherEmptyNorTooLong() {
    assertThatCode(() -> Limits.content("x".repeat(100_000))).doesNotThrowAnyException();

    assertThatIllegalArgumentException().isThrownBy(() -> Limits.content(""));
    assertThatIllegalArgumentException().isThrownBy(() -> Limits.content("x".repeat(100_001)));
  }

  @Test
  void loneSurrogatesAreRefusedAndPairsAreNot() {
    assertThatCode(() -> Limits.content("a😀b")).doesNotThrowAnyException();

    for (String content :
        new String[] {"a\uD83D", "\uDE00b", "\uDE00\uD83D", "\uD83D\uD83D\uDE00"}) {
      assertThatIllegalArgumentException().isThrownBy(() -> Limits.content(content));
    }
  }

  @Test
  void theMessageKeepsTheContentToItself() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Limits.content("hunter2\uD83D"))
        .withMessageNotContaining("hunter2");
  }
}
