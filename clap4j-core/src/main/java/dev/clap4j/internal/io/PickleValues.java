package dev.clap4j.internal.io;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a pickle can hold here besides null, Boolean, Long, BigInteger, Double, String, byte[] and (mutable) List. */
final class PickleValues {
    private PickleValues() {}

    /** Something in a Python module, by name; it stands for itself and is never looked up. */
    record Global(String module, String name) {
        /** The name as it can be shown on a terminal: without control characters, and not endless. */
        @Override
        public String toString() {
            return Names.brief((module + "." + name).replaceAll("\\p{Cntrl}", "?"));
        }
    }

    /** A value that only Python could make, by running something. Nothing is known of it but its type. */
    record Opaque(Global type) {}

    /** A tuple. Nothing but an array, for a damaged file may consist of them. */
    record Tuple(Object[] array) {
        List<Object> items() {
            return Collections.unmodifiableList(Arrays.asList(array));
        }
    }

    /** A dictionary. Entries whose keys are neither texts nor numbers are kept out of each other's way, no more. */
    static final class Dict {
        private Map<Object, Object> entries = Map.of(); // most of a damaged file's dictionaries stay empty

        void put(Object key, Object value) {
            if (key instanceof List || key instanceof Dict) {
                throw new MalformedFile("its pickle has a dictionary whose key is itself a list or a dictionary");
            }
            if (entries.isEmpty()) {
                entries = new LinkedHashMap<>();
            }
            boolean plain =
                    key instanceof String || key instanceof Long || key instanceof Double || key instanceof Boolean;
            entries.put(plain ? key : new Object(), value);
        }

        Map<Object, Object> entries() {
            return Collections.unmodifiableMap(entries);
        }
    }

    /** An object of a scripted module: nothing but its attributes. */
    record ScriptObject(Global type, Dict attributes) {}

    /**
     * A part of a file that holds numbers.
     *
     * @param type of its elements
     * @param key its name in the file
     * @param first the first of the elements that are meant; others before it belong to other views
     * @param elements how many there are from {@code first} on
     */
    record Storage(DataType type, String key, long first, long elements) {}

    /** A view of a storage; offset and strides are counted in elements. */
    record StoredTensor(Storage storage, long offset, long[] shape, long[] strides) {}
}
