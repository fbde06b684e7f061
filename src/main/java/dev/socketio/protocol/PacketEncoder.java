package dev.socketio.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns packets into the messages that carry them. Thread-safe; a server has one. */
public final class PacketEncoder {

    private final ObjectMapper json;
    private final ObjectWriter writer;

    /** @param json writes the arguments of events */
    public PacketEncoder(ObjectMapper json) {
        this.json = json;
        this.writer = json.writer().without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE);
    }

    /**
     * Encodes an event.
     *
     * @param ackId under which an answer is expected; negative if none is
     * @throws IllegalArgumentException if Jackson cannot write an argument
     */
    public EncodedPacket event(String namespace, String name, @Nullable Object[] arguments, long ackId) {
        return encode(PacketType.EVENT, namespace, ackId < 0 ? "" : Long.toString(ackId), name, arguments);
    }

    /**
     * Encodes the answer to an event.
     *
     * @param ackId as the event had it
     * @throws IllegalArgumentException if Jackson cannot write an argument
     */
    public EncodedPacket ack(String namespace, String ackId, @Nullable Object[] arguments) {
        return encode(PacketType.ACK, namespace, ackId, null, arguments);
    }

    /** Encodes the welcome to a namespace. */
    public EncodedPacket connect(String namespace, String socketId) {
        var payload = json.createObjectNode().put("sid", socketId);
        return new EncodedPacket(head(PacketType.CONNECT, namespace) + payload, List.of());
    }

    /**
     * Encodes the refusal of a namespace.
     *
     * @param data more about it for the client's program; null if there is nothing more to say
     * @throws IllegalArgumentException if Jackson cannot write the data
     */
    public EncodedPacket connectError(String namespace, @Nullable String message, @Nullable Object data) {
        StringWriter text = new StringWriter(128);
        text.write(head(PacketType.CONNECT_ERROR, namespace));
        try (JsonGenerator generator = json.getFactory().createGenerator(text)) {
            generator.writeStartObject();
            generator.writeStringField("message", message);
            if (data != null) {
                generator.writeFieldName("data");
                write(generator, data);
            }
            generator.writeEndObject();
        } catch (IOException e) {
            throw new IllegalArgumentException("the data cannot be written as JSON: " + e.getMessage(), e);
        }
        return new EncodedPacket(escapeLoneSurrogates(text.toString()), List.of());
    }

    /** Encodes the end of a client's membership in a namespace. */
    public EncodedPacket disconnect(String namespace) {
        return new EncodedPacket(head(PacketType.DISCONNECT, namespace), List.of());
    }

    private EncodedPacket encode(
            PacketType type, String namespace, String ackId, @Nullable String name, @Nullable Object[] arguments) {
        StringWriter text = new StringWriter(128);
        String head = head(type, namespace) + ackId;
        text.write(head);
        List<byte[]> attachments;
        try (JsonGenerator plain = json.getFactory().createGenerator(text);
                Attachments.Extractor generator = new Attachments.Extractor(plain)) {
            generator.writeStartArray();
            if (name != null) {
                generator.writeString(name);
            }
            for (Object argument : orNull(arguments)) {
                write(generator, argument);
            }
            generator.writeEndArray();
            attachments = generator.found();
        } catch (IOException e) {
            throw new IllegalArgumentException("an argument cannot be written as JSON: " + e.getMessage(), e);
        }
        String encoded = escapeLoneSurrogates(text.toString());
        if (attachments.isEmpty()) {
            return new EncodedPacket(encoded, attachments);
        }
        PacketType binary = type == PacketType.ACK ? PacketType.BINARY_ACK : PacketType.BINARY_EVENT;
        return new EncodedPacket(binary.digit() + "" + attachments.size() + "-" + encoded.substring(1), attachments);
    }

    /** {@code emit("x", null)} hands over no array: one argument was meant. */
    private static @Nullable Object[] orNull(@Nullable Object @Nullable [] arguments) {
        return arguments == null ? new @Nullable Object[] {null} : arguments;
    }

    private void write(JsonGenerator generator, @Nullable Object argument) throws IOException {
        if (argument instanceof String string) {
            generator.writeString(string);
        } else {
            writer.writeValue(generator, argument);
        }
    }

    private static String head(PacketType type, String namespace) {
        return namespace.equals("/") ? String.valueOf(type.digit()) : type.digit() + namespace + ",";
    }

    /**
     * Half a surrogate pair has no place in UTF-8 and would reach the client as another character. In JSON it can only
     * stand in a string, where its escaped form is equal to it.
     */
    private static String escapeLoneSurrogates(String text) {
        StringBuilder escaped = null;
        int copied = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
                continue;
            }
            escaped = escaped == null ? new StringBuilder(text.length() + 16) : escaped;
            escaped.append(text, copied, i).append("\\u").append(Integer.toHexString(c));
            copied = i + 1;
        }
        return escaped == null
                ? text
                : escaped.append(text, copied, text.length()).toString();
    }
}
