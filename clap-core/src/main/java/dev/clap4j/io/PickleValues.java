package dev.clap4j.io;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a pickle can hold here besides null, Boolean, Long, Double, String, byte[] and (mutable) List. */
final class PickleValues {
    private PickleValues() {}

    /** Something in a Python module, by name; it stands for itself and is never looked up. */
    record Global(String module, String name) {
        @Override
        public String toString() {
            return module + "." + name;
        }
    }

    /** A tuple; its items cannot change. */
    record Tuple(List<Object> items) {}

    /** A dictionary; its keys are strings or numbers, so that no key holds another container. */
    static final class Dict {
        private final Map<Object, Object> entries = new LinkedHashMap<>();

        void put(Object key, Object value) {
            if (!(key instanceof String || key instanceof Number || key instanceof Boolean)) {
                throw new MalformedFile("its pickle has a dictionary whose key is neither a text nor a number");
            }
            entries.put(key, value);
        }

        Map<Object, Object> entries() {
            return entries;
        }
    }

    /** An object of a scripted module: nothing but its attributes. */
    record ScriptObject(Global type, Dict attributes) {}

    /** A storage: the name of its entry, the type of its elements and their number. */
    record Storage(DataType type, String key, long elements) {}

    /** A view of a storage; offset and strides are counted in elements. */
    record StoredTensor(Storage storage, long offset, long[] shape, long[] strides) {}
}
