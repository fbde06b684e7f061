package dev.socketio.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/**
 * Values as MessagePack, as the servers of a cluster write them to each other (notepack 3): each in its shortest form. A
 * {@code Date} that comes in becomes text in ISO 8601. Thread-safe.
 */
public final class Msgpack {

    private final ObjectMapper json;
    private final MsgpackTrees trees;
    private final int maxDepth;

    /**
     * Reads and writes with a mapper's conversions.
     *
     * @param json writes what a tree may hold, and sets how deep what is read may be nested
     */
    public Msgpack(ObjectMapper json) {
        this.json = json;
        this.trees = new MsgpackTrees(json);
        this.maxDepth = json.getFactory().streamReadConstraints().getMaxNestingDepth();
    }

    /**
     * Writes a value.
     *
     * @throws IllegalArgumentException if something in the tree cannot be written
     */
    public byte[] write(JsonNode tree) {
        MsgpackWriter writer = new MsgpackWriter();
        trees.writeAll(writer, List.of(tree));
        return writer.toByteArray();
    }

    /**
     * Reads a value.
     *
     * @throws PacketException if it is not exactly one value, or has what JSON does not have
     */
    public JsonNode read(byte[] message) {
        return MsgpackReader.read(message, json.getNodeFactory(), maxDepth, MsgpackReader.TIMESTAMP);
    }
}
