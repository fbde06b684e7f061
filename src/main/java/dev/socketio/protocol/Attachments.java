package dev.socketio.protocol;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Swaps binary values for numbered placeholders on the way out, and back on the way in. */
final class Attachments {

    private static final String PLACEHOLDER = "_placeholder";
    private static final String NUMBER = "num";

    private Attachments() {}

    /**
     * A generator that keeps the bytes it is asked to write and writes {@code {"_placeholder":true,"num":n}} instead.
     * Whatever Jackson serializes to binary is found without a look at the value: byte arrays in records, in maps and in
     * trees alike. Numbers that JSON does not have become {@code null}, as in JavaScript.
     */
    static final class Extractor extends JsonGeneratorDelegate {

        private List<byte[]> found = List.of();

        Extractor(JsonGenerator delegate) {
            super(delegate, /* delegateCopyMethods= */ false);
        }

        List<byte[]> found() {
            return found;
        }

        @Override
        public void writeBinary(Base64Variant variant, byte[] data, int offset, int length) throws IOException {
            writePlaceholder(Arrays.copyOfRange(data, offset, offset + length));
        }

        @Override
        public int writeBinary(Base64Variant variant, InputStream data, int length) throws IOException {
            byte[] bytes = length < 0 ? data.readAllBytes() : data.readNBytes(length);
            writePlaceholder(bytes);
            return bytes.length;
        }

        private void writePlaceholder(byte[] bytes) throws IOException {
            writeStartObject();
            writeBooleanField(PLACEHOLDER, true);
            writeNumberField(NUMBER, found.size());
            writeEndObject();
            if (found.isEmpty()) {
                found = new ArrayList<>();
            }
            found.add(bytes);
        }

        @Override
        public void writeNumber(double value) throws IOException {
            if (Double.isFinite(value)) {
                super.writeNumber(value);
            } else {
                writeNull();
            }
        }

        /** The delegate would write its elements itself. */
        @Override
        public void writeArray(double[] array, int offset, int length) throws IOException {
            writeStartArray(array, length);
            for (int i = offset; i < offset + length; i++) {
                writeNumber(array[i]);
            }
            writeEndArray();
        }

        @Override
        public void writeNumber(float value) throws IOException {
            if (Float.isFinite(value)) {
                super.writeNumber(value);
            } else {
                writeNull();
            }
        }
    }

    /**
     * Replaces each placeholder in a tree by its bytes. The order of a placeholder's properties does not matter: clients
     * whose objects are hash maps send them either way.
     *
     * @return the tree, or what takes its place
     * @throws PacketException if a placeholder names an attachment that is not there, or that another has named
     */
    static JsonNode restore(JsonNode node, List<byte[]> attachments) {
        return restore(node, attachments, new BitSet(attachments.size()));
    }

    /** @param used the attachments that a placeholder has claimed: one each, or a few bytes could stand for gigabytes */
    private static JsonNode restore(JsonNode node, List<byte[]> attachments, BitSet used) {
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, restore(array.get(i), attachments, used));
            }
        } else if (node instanceof ObjectNode object) {
            JsonNode flag = object.get(PLACEHOLDER);
            if (flag != null && flag.isBoolean() && flag.booleanValue()) {
                return BinaryNode.valueOf(attachment(object.path(NUMBER), attachments, used));
            }
            object.properties().forEach(property -> property.setValue(restore(property.getValue(), attachments, used)));
        }
        return node;
    }

    private static byte[] attachment(JsonNode number, List<byte[]> attachments, BitSet used) {
        int index = number.isInt() ? number.intValue() : -1;
        if (index < 0 || index >= attachments.size() || used.get(index)) {
            throw new PacketException("illegal attachments");
        }
        used.set(index);
        return attachments.get(index);
    }
}
