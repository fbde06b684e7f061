package dev.socketio.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.POJONode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns Jackson's tree into the collections and values that Java itself has. */
final class Plain {

    private Plain() {}

    static @Nullable Object of(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> map(node);
            case ARRAY -> list(node, 0);
            case STRING -> node.textValue();
            case NUMBER -> node.numberValue();
            case BOOLEAN -> node.booleanValue();
            case BINARY -> ((BinaryNode) node).binaryValue().clone();
            case POJO -> ((POJONode) node).getPojo();
            case NULL, MISSING -> null;
        };
    }

    private static Map<String, @Nullable Object> map(JsonNode object) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        object.properties().forEach(property -> map.put(property.getKey(), of(property.getValue())));
        return Collections.unmodifiableMap(map);
    }

    /** @param first the position of the first element that counts */
    static List<@Nullable Object> list(JsonNode array, int first) {
        List<@Nullable Object> list = new ArrayList<>(array.size() - first);
        for (int i = first; i < array.size(); i++) {
            list.add(of(array.get(i)));
        }
        return Collections.unmodifiableList(list);
    }
}
