package dev.socketio.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes packets as text with attachments (Socket.IO protocol 5, "Packet encoding"). Thread-safe; a server has one.
 */
final class TextEncoder implements Parser.Encoder {

    private final ObjectWriter writer;
    private final PooledText.Pool texts;
    private final boolean isStandard;
    private final int maxDepth;

    /** @param json writes the arguments of events */
    TextEncoder(ObjectMapper json) {
        this.writer = json.writer().without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE);
        this.texts = new PooledText.Pool(json.getFactory());
        this.isStandard = StandardJson.isWritten(json);
        this.maxDepth = json.getFactory().streamWriteConstraints().getMaxNestingDepth();
    }

    @Override
    public EncodedPacket event(OutgoingEvent event) {
        String ackId = event.ackId() < 0 ? "" : Long.toString(event.ackId());
        return encode(PacketType.EVENT, event.namespace(), ackId, event.name(), event.arguments());
    }

    @Override
    public EncodedPacket ack(String namespace, String ackId, List<@Nullable Object> arguments) {
        return encode(PacketType.ACK, namespace, ackId, null, arguments);
    }

    @Override
    public EncodedPacket connect(String namespace, @Nullable Object payload) {
        return payload == null
                ? withoutPayload(PacketType.CONNECT, namespace)
                : withPayload(PacketType.CONNECT, namespace, payload);
    }

    @Override
    public EncodedPacket connectError(String namespace, Object payload) {
        return withPayload(PacketType.CONNECT_ERROR, namespace, payload);
    }

    /** These packets have no binary form: bytes in their payload are written as Jackson writes them, in Base64. */
    private EncodedPacket withPayload(PacketType type, String namespace, Object payload) {
        try (PooledText text = texts.take()) {
            writeHead(text, type, namespace);
            try (JsonGenerator generator = text.generator()) {
                write(generator, payload);
            }
            return new EncodedPacket(finish(text), List.of());
        } catch (IOException e) {
            throw new IllegalArgumentException("the data cannot be written as JSON: " + e.getMessage(), e);
        }
    }

    @Override
    public EncodedPacket disconnect(String namespace) {
        return withoutPayload(PacketType.DISCONNECT, namespace);
    }

    private EncodedPacket withoutPayload(PacketType type, String namespace) {
        try (PooledText text = texts.take()) {
            writeHead(text, type, namespace);
            return new EncodedPacket(text.toString(), List.of());
        }
    }

    private EncodedPacket encode(
            PacketType type, String namespace, String ackId, @Nullable String name, List<@Nullable Object> arguments) {
        boolean plain = isStandard && JsonWriter.takes(arguments);
        EncodedPacket encoded = plain ? encodePlain(type, namespace, ackId, name, arguments) : null;
        return encoded == null ? encodeByMapper(type, namespace, ackId, name, arguments) : encoded;
    }

    /** Returns null if there is something in a tree that is left to the mapper. */
    private @Nullable EncodedPacket encodePlain(
            PacketType type, String namespace, String ackId, @Nullable String name, List<@Nullable Object> arguments) {
        try (PooledText text = texts.take()) {
            writeHead(text, type, namespace);
            text.append(ackId);
            JsonWriter writer = new JsonWriter(text, maxDepth);
            return writer.writeArray(name, arguments) ? new EncodedPacket(finish(text), List.of()) : null;
        }
    }

    private EncodedPacket encodeByMapper(
            PacketType type, String namespace, String ackId, @Nullable String name, List<@Nullable Object> arguments) {
        String encoded;
        List<byte[]> attachments;
        try (PooledText text = texts.take()) {
            writeHead(text, type, namespace);
            text.append(ackId);
            attachments = write(text, name, arguments);
            encoded = finish(text);
        } catch (IOException e) {
            throw new IllegalArgumentException("an argument cannot be written as JSON: " + e.getMessage(), e);
        }
        if (attachments.isEmpty()) {
            return new EncodedPacket(encoded, attachments);
        }
        PacketType binary = type == PacketType.ACK ? PacketType.BINARY_ACK : PacketType.BINARY_EVENT;
        return new EncodedPacket(binary.digit() + "" + attachments.size() + "-" + encoded.substring(1), attachments);
    }

    /** Returns the attachments. */
    private List<byte[]> write(PooledText text, @Nullable String name, List<@Nullable Object> arguments)
            throws IOException {
        try (JsonGenerator plain = text.generator();
                Attachments.Extractor generator = new Attachments.Extractor(plain)) {
            generator.writeStartArray();
            if (name != null) {
                generator.writeString(name);
            }
            for (Object argument : arguments) {
                write(generator, argument);
            }
            generator.writeEndArray();
            return generator.found();
        }
    }

    private void write(JsonGenerator generator, @Nullable Object argument) throws IOException {
        if (argument instanceof String string) {
            generator.writeString(string);
        } else {
            writer.writeValue(generator, argument);
        }
    }

    private static void writeHead(PooledText text, PacketType type, String namespace) {
        text.append(type.digit());
        if (!namespace.equals("/")) {
            text.append(namespace);
            text.append(',');
        }
    }

    /**
     * Half a surrogate pair has no place in UTF-8 and would reach the client as another character. In JSON it can only
     * stand in a string, where its escaped form is equal to it.
     */
    private static String finish(PooledText text) {
        String finished = text.toString();
        return text.hasSurrogates()
                ? Surrogates.replaceLone(finished, half -> "\\u" + Integer.toHexString(half))
                : finished;
    }
}
