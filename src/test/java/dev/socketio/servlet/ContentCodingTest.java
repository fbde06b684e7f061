package dev.socketio.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ContentCodingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-                           | -",
                "''                          | -",
                "' '                         | -",
                "','                         | -",
                "gzip                        | GZIP",
                "x-gzip                      | GZIP",
                "GzIp                        | GZIP",
                "deflate                     | DEFLATE",
                "br                          | -",
                "identity                    | -",
                "*                           | GZIP",
                "gzip, deflate               | GZIP",
                "deflate, gzip               | DEFLATE",
                "gzip,deflate,br             | GZIP",
                "br, deflate                 | DEFLATE",
                "gzip;q=0.1, deflate;q=0.2   | DEFLATE",
                "gzip ; q=0.3 , deflate;q=.2 | GZIP",
                "gzip;q=0                    | -",
                "gzip;q=0.000, deflate;q=0   | -",
                "*;q=0                       | -",
                "deflate;q=0.5, *            | GZIP",
                "gzip;q=0, *                 | DEFLATE",
                "*, gzip;q=0                 | DEFLATE",
                "gzip;q=0, deflate;q=0, *    | -",
                "gzip;q=high                 | -",
                "gzip;q=                     | -",
                "gzip;q=NaN                  | -",
                "gzip;level=9;q=0.5, deflate;q=0.4 | GZIP",
                "gzip;;;, deflate            | GZIP",
            })
    void choosesWhatTheClientLikesBest(@Nullable String accepted, @Nullable ContentCoding chosen) {
        assertThat(ContentCoding.choose(accepted)).isEqualTo(chosen);
    }

    @Test
    void encodesForEachNameWhatTheNameSays() throws Exception {
        byte[] body = "compress me, ".repeat(1000).getBytes(StandardCharsets.UTF_8);

        assertThat(ContentCoding.GZIP.token()).isEqualTo("gzip");
        assertThat(new GZIPInputStream(new ByteArrayInputStream(ContentCoding.GZIP.encode(body))).readAllBytes())
                .isEqualTo(body);
        assertThat(ContentCoding.DEFLATE.token()).isEqualTo("deflate");
        assertThat(new InflaterInputStream(new ByteArrayInputStream(ContentCoding.DEFLATE.encode(body))).readAllBytes())
                .isEqualTo(body);
    }

    @Test
    void encodesNothing() throws Exception {
        byte[] encoded = ContentCoding.GZIP.encode(new byte[0]);

        assertThat(new GZIPInputStream(new ByteArrayInputStream(encoded)).readAllBytes())
                .isEmpty();
    }
}
