package dev.latchkey.graph.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import dev.latchkey.fixture.Allocation;
import dev.latchkey.graph.drive.DriveItem;
import dev.latchkey.internal.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a page of a listing allocates, from its bytes to its items. */
class PageCostTest {

  private static final int ITEMS = 200;

  @Test
  void itemOfAPageAllocatesAFewTimesItsText() {
    byte[] page = page();

    long bytes = Allocation.of(() -> items(page));

    assertThat(items(page)).hasSize(ITEMS).last().extracting(DriveItem::size).isEqualTo(1199L);
    // With its text decoded as a whole and its dates read by a formatter it was 13,000.
    assertThat(bytes / ITEMS).isLessThan(9_000);
  }

  private static List<DriveItem> items(byte[] page) {
    List<DriveItem> items = new ArrayList<>();
    for (JsonElement item : Json.object(page).getAsJsonArray("value")) {
      items.add(DriveItem.fromJson(item.getAsJsonObject()));
    }
    return items;
  }

  private static byte[] page() {
    StringBuilder page = new StringBuilder("{\"@odata.context\":\"x\",\"value\":[");
    for (int i = 0; i < ITEMS; i++) {
      page.append(i == 0 ? "" : ",")
          .append("{\"@microsoft.graph.downloadUrl\":\"https://contoso.sharepoint.example/dl?")
          .append("UniqueId=d1d0&Translate=false&tempauth=v1.eyJ&ApiVersion=2.0\",")
          .append("\"createdDateTime\":\"2026-03-01T12:00:00Z\",\"eTag\":\"\\\"{D1D0},1\\\"\",")
          .append("\"id\":\"01BYE5RZ")
          .append(i)
          .append("\",")
          .append("\"lastModifiedDateTime\":\"2026-03-02T13:01:02Z\",\"name\":\"File ")
          .append(i)
          .append(".txt\",\"webUrl\":\"https://contoso.sharepoint.example/f/")
          .append(i)
          .append("\",\"cTag\":\"\\\"c:{D1D0},1\\\"\",\"size\":")
          .append(1000 + i)
          .append(",\"createdBy\":{\"user\":{\"email\":\"a@contoso.example\",\"id\":\"48d3\",")
          .append("\"displayName\":\"Abe\"}},\"parentReference\":{\"driveType\":\"business\",")
          .append("\"driveId\":\"b!x\",\"id\":\"01BYE5\",\"path\":\"/drives/b!x/root:\"},")
          .append("\"file\":{\"mimeType\":\"text/plain\",\"hashes\":{\"quickXorHash\":")
          .append("\"AAAAAAAAAAAAAAAAAAAAAAAAAAA=\"}},\"fileSystemInfo\":{\"createdDateTime\":")
          .append("\"2026-03-01T12:00:00Z\",\"lastModifiedDateTime\":\"2026-03-02T13:01:02Z\"}}");
    }
    return page.append("]}").toString().getBytes(UTF_8);
  }
}
