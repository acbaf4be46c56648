package dev.latchkey.examples.cli.terminal;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A QR code in block elements, two rows of squares per line of text; light on dark. */
public final class QrCode {

  private static final int MARGIN = 2;

  private QrCode() {}

  public static String of(String text) {
    try {
      return draw(
          new QRCodeWriter()
              .encode(
                  text,
                  BarcodeFormat.QR_CODE,
                  0,
                  0,
                  Map.of(
                      EncodeHintType.MARGIN,
                      MARGIN,
                      EncodeHintType.ERROR_CORRECTION,
                      ErrorCorrectionLevel.L)));
    } catch (WriterException e) {
      throw new IllegalArgumentException("too long for a QR code", e);
    }
  }

  private static String draw(BitMatrix dark) {
    List<String> lines = new ArrayList<>();
    for (int y = 0; y < dark.getHeight(); y += 2) {
      StringBuilder line = new StringBuilder();
      for (int x = 0; x < dark.getWidth(); x++) {
        boolean upper = !dark.get(x, y);
        boolean lower = y + 1 < dark.getHeight() && !dark.get(x, y + 1);
        line.append(upper && lower ? '\u2588' : upper ? '\u2580' : lower ? '\u2584' : ' ');
      }
      lines.add(line.toString());
    }
    return String.join("\n", lines);
  }
}
