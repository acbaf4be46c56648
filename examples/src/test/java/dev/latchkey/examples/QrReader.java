package dev.latchkey.examples;

import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.decoder.Decoder;
import java.util.List;

/** Reads a QR code from a terminal's text, as a camera would. */
final class QrReader {

  private static final int MARGIN = 2;

  private QrReader() {}

  static String read(String screen) throws Exception {
    List<String> lines =
        screen.lines().filter(line -> line.matches("[\u2588\u2580\u2584 ]{20,}")).toList();
    int size = lines.get(0).length() - 2 * MARGIN;
    BitMatrix dark = new BitMatrix(size);
    for (int y = 0; y < size; y++) {
      String line = lines.get((y + MARGIN) / 2);
      char lightHalf = (y + MARGIN) % 2 == 0 ? '\u2580' : '\u2584';
      for (int x = 0; x < size; x++) {
        char block = line.charAt(x + MARGIN);
        if (block != '\u2588' && block != lightHalf) {
          dark.set(x, y);
        }
      }
    }
    return new Decoder().decode(dark).getText();
  }
}
