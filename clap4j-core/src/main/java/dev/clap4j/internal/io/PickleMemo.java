package dev.clap4j.internal.io;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The memo of a pickle: values by number. Optimised for consecutive numbers. */
final class PickleMemo {
    private final List<Object> inOrder = new ArrayList<>();
    private final Map<Integer, Object> others = new HashMap<>();

    int size() {
        return inOrder.size() + others.size();
    }

    void put(int key, Object value) {
        if (key == inOrder.size()) {
            inOrder.add(value);
        } else if (key >= 0 && key < inOrder.size()) {
            inOrder.set(key, value);
        } else {
            others.put(key, value);
        }
    }

    /**
     * Returns a memoised value.
     *
     * @throws MalformedFile if there is none of that number
     */
    Object get(int key) {
        if (key >= 0 && key < inOrder.size()) {
            return inOrder.get(key);
        }
        if (!others.containsKey(key)) {
            throw Pickle.damaged();
        }
        return others.get(key);
    }
}
