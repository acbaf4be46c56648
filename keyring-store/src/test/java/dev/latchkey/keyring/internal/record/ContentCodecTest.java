package dev.latchkey.keyring.internal.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a text becomes on its way into the keyring. */
class ContentCodecTest {

  private final Random random = new Random(7);

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 4_096, 12_000, 100_000})
  void noAsciiTextBecomesLongerThanWhatIsPrepared(int length) throws Exception {
    String text = text(length, 0, 0x80);

    String packed = ContentCodec.encode(text);

    assertThat(packed)
        .hasSizeLessThanOrEqualTo(ContentCodec.maxLength(length))
        .matches("[A-Za-z0-9_-]+");
    assertThat(ContentCodec.decode(packed)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4_096, 100_000})
  void anyTextIsRestoredAndTakesAtMostFourTimesItsLength(int length) throws Exception {
    String text = text(length, 0x0800, 0xd800); // three bytes each

    String packed = ContentCodec.encode(text);

    assertThat(packed).hasSizeLessThanOrEqualTo(4 * length + 200);
    assertThat(ContentCodec.decode(packed)).isEqualTo(text);
  }

  private String text(int length, int from, int to) {
    StringBuilder text = new StringBuilder(length);
    while (text.length() < length) {
      text.append((char) random.nextInt(from, to));
    }
    return text.toString();
  }
}
