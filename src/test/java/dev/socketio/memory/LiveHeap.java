package dev.socketio.memory;

import dev.socketio.testing.Jcmd;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The objects of another JVM that are reachable, by class.
 *
 * @param bytes that the objects of each class take
 */
record LiveHeap(Map<String, Long> bytes) {

    private static final Pattern LINE = Pattern.compile("\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+(\\S+).*");

    /** Asks the JVM's own tool, which has it collect its garbage first. */
    static LiveHeap of(long pid) throws IOException {
        List<String> printed = Jcmd.run(pid, "GC.class_histogram");
        Map<String, Long> bytes = new HashMap<>();
        for (String line : printed) {
            Matcher entry = LINE.matcher(line);
            if (entry.matches()) {
                bytes.merge(entry.group(2), Long.valueOf(entry.group(1)), Long::sum);
            }
        }
        if (bytes.isEmpty()) {
            throw new IOException(
                    "jcmd does not know the objects of process " + pid + ": " + String.join("\n", printed));
        }
        return new LiveHeap(bytes);
    }

    long total() {
        return bytes.values().stream().mapToLong(Long::longValue).sum();
    }

    LiveHeap minus(LiveHeap before) {
        Map<String, Long> growth = new HashMap<>(bytes);
        before.bytes.forEach((name, count) -> growth.merge(name, -count, Long::sum));
        return new LiveHeap(growth);
    }

    /** Returns the classes whose objects take most, the largest first. */
    List<Map.Entry<String, Long>> largest(int count) {
        return bytes.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(count)
                .toList();
    }
}
