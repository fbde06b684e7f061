package dev.socketio.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns the messages of one connection into packets (Socket.IO protocol 5, "Packet encoding"). It holds the half-read
 * binary packet, so each connection has its own; not for use by several threads at once.
 *
 * <p>Text: {@code <type>[<number of attachments>-][<namespace>,][<ack id>][<JSON>]}.
 */
final class TextDecoder implements Parser.Decoder {

    /** Beyond this, a number is not one that JavaScript can tell from its neighbours. */
    private static final int SAFE_DIGITS = 15;

    private static final int MAX_ID_DIGITS = 100;

    private final ObjectMapper json;
    private final boolean isStandard;
    private final int maxAttachments;

    /** The binary packet whose attachments are still coming; null between packets. */
    private @Nullable Head waiting;

    /** Those that have come; null while no packet waits for any. */
    private @Nullable List<byte[]> attachments;

    /** Everything about a packet but its attachments. */
    private record Head(
            PacketType type,
            int attachments,
            String namespace,
            @Nullable String ackId,
            @Nullable JsonNode payload) {}

    /** @param maxAttachments how many attachments one packet may have */
    TextDecoder(ObjectMapper json, int maxAttachments) {
        this.json = json;
        this.isStandard = StandardJson.isRead(json);
        this.maxAttachments = maxAttachments;
    }

    @Override
    public boolean isWaiting() {
        return waiting != null;
    }

    @Override
    public @Nullable Packet add(String text) {
        if (waiting != null) {
            throw new PacketException("got plaintext data when reconstructing a packet");
        }
        Head head = head(text);
        if (head.type().isBinary()) {
            waiting = head;
            return null;
        }
        return packet(head);
    }

    @Override
    public @Nullable Packet add(byte[] bytes) {
        Head head = waiting;
        if (head == null) {
            throw new PacketException("got binary data when not reconstructing a packet");
        }
        List<byte[]> come = attachments == null ? new ArrayList<>() : attachments;
        come.add(bytes);
        if (come.size() < head.attachments()) {
            attachments = come;
            return null;
        }
        waiting = null;
        attachments = null;
        if (head.payload() != null) {
            Attachments.restore(head.payload(), List.copyOf(come));
        }
        return packet(head);
    }

    private Head head(String text) {
        if (text.isEmpty()) {
            throw new PacketException("empty packet");
        }
        PacketType type = PacketType.of(text.charAt(0));
        int position = 1;
        int count = 0;
        if (type.isBinary()) {
            int dash = text.indexOf('-');
            count = dash < 0 ? 0 : attachmentCount(text, position, dash);
            if (count < 1) {
                throw new PacketException("Illegal attachments");
            }
            if (count > maxAttachments) {
                throw new PacketException("too many attachments");
            }
            position = dash + 1;
        }
        String namespace = "/";
        if (position < text.length() && text.charAt(position) == '/') {
            int comma = text.indexOf(',', position);
            int end = comma < 0 ? text.length() : comma;
            namespace = text.substring(position, end);
            position = Math.min(end + 1, text.length());
        }
        int digits = position;
        while (position < text.length() && isDigit(text.charAt(position))) {
            position++;
        }
        String ackId = position == digits ? null : ackId(text.substring(digits, position));
        JsonNode payload = position == text.length() ? null : parse(text, position);
        return new Head(type, count, namespace, ackId, payload);
    }

    private static int attachmentCount(String text, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            if (!isDigit(text.charAt(i))) {
                return 0;
            }
            count = Math.min(count * 10 + text.charAt(i) - '0', 1_000_000);
        }
        return count;
    }

    /** An id goes back to the client as JavaScript would write it: without leading zeros, rounded when it is huge. */
    private static String ackId(String digits) {
        if (digits.length() > MAX_ID_DIGITS) {
            throw new PacketException("invalid ack id");
        }
        int zeros = 0;
        while (zeros < digits.length() - 1 && digits.charAt(zeros) == '0') {
            zeros++;
        }
        String id = digits.substring(zeros);
        return id.length() > SAFE_DIGITS
                ? BigDecimal.valueOf(Double.parseDouble(id)).toPlainString()
                : id;
    }

    private JsonNode parse(String text, int from) {
        return isStandard
                ? JsonReader.read(json.getNodeFactory(), json.getFactory().streamReadConstraints(), text, from)
                : parseByMapper(text, from);
    }

    private JsonNode parseByMapper(String text, int from) {
        try (JsonParser parser = json.createParser(reader(text, from))) {
            JsonNode node = json.readTree(parser);
            if (node == null || parser.nextToken() != null) {
                throw new PacketException("invalid payload");
            }
            return node;
        } catch (IOException e) {
            throw new PacketException("invalid payload");
        }
    }

    /** Instead of a substring, which may be long. */
    private static Reader reader(String text, int from) throws IOException {
        Reader reader = new StringReader(text);
        reader.skip(from);
        return reader;
    }

    private Packet packet(Head head) {
        JsonNode payload = head.payload();
        return switch (head.type()) {
            case CONNECT -> Packets.connect(json, head.namespace(), payload);
            case DISCONNECT -> Packets.disconnect(head.namespace(), payload);
            case CONNECT_ERROR -> new Packet.ConnectError(head.namespace());
            case EVENT, BINARY_EVENT ->
                payload == null
                        ? new Packet.Event(head.namespace(), null, Packets.noArguments(json), head.ackId())
                        : Packets.event(json, head.namespace(), payload, head.ackId());
            case ACK, BINARY_ACK ->
                new Packet.Ack(
                        head.namespace(),
                        number(head.ackId()),
                        payload == null ? Packets.noArguments(json) : Packets.arguments(json, payload));
        };
    }

    private static long number(@Nullable String ackId) {
        return ackId == null || ackId.length() > SAFE_DIGITS ? -1 : Long.parseLong(ackId);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
