package dev.socketio.engine;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * In what form packets go over one polling connection: in that of its revision, as a script or a form's field where a
 * request asks for it with {@code j} (JSONP).
 */
final class PollingFormat {

    private final PayloadCodec codec;

    /** When bytes travel as they are; null if they never do. */
    private final @Nullable Dialect dialect;

    private PollingFormat(PayloadCodec codec, @Nullable Dialect dialect) {
        this.codec = codec;
        this.dialect = dialect;
    }

    static PollingFormat v3(Dialect dialect) {
        return new PollingFormat(new PayloadV3(dialect.mayEncodeTwice()), dialect);
    }

    static PollingFormat v4() {
        return new PollingFormat(new PayloadV4(), /* dialect= */ null);
    }

    /** Answers a poll with packets. */
    HttpReply answer(HttpExchange poll, List<EnginePacket> packets) {
        String index = poll.query().get("j");
        if (index != null) {
            return HttpReply.text(Jsonp.call(index, codec.encode(packets)));
        }
        if (dialect != null && dialect.wantsBinary(packets)) {
            return HttpReply.bytes(BinaryPayload.encode(packets));
        }
        return HttpReply.text(codec.encode(packets));
    }

    /** Returns whether a POST has content that may come. */
    boolean accepts(HttpExchange post) {
        return dialect != null || !isBinary(post);
    }

    /** Starts to read what a POST has brought. */
    Payload read(HttpExchange post, byte[] body) {
        if (post.query().get("j") == null && isBinary(post)) {
            return new BinaryPayload(body);
        }
        String text = new String(body, StandardCharsets.UTF_8);
        if (post.query().get("j") == null) {
            return codec.decode(text);
        }
        String field = Jsonp.field(text);
        return field == null ? Payload.NOTHING : codec.decode(field);
    }

    private static boolean isBinary(HttpExchange post) {
        return "application/octet-stream".equals(post.header("content-type"));
    }
}
