package dev.clap4j.internal.io;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The values that a pickle can hold here, besides null, Boolean, Long, BigInteger, Double, String, byte[] and (mutable)
 * List.
 */
final class PickleValues {
    private PickleValues() {}

    /** A name in a Python module; never resolved. */
    record Global(String module, String name) {
        /** Returns the name for display: without control characters, and shortened. */
        @Override
        public String toString() {
            return Names.brief((module + "." + name).replaceAll("\\p{Cntrl}", "?"));
        }
    }

    /** A value that only Python could make, by running code. Only its type is known. */
    record Opaque(Global type) {}

    /** A tuple; a bare array, since a damaged file may consist of little else. */
    record Tuple(Object[] array) {
        List<Object> items() {
            return Collections.unmodifiableList(Arrays.asList(array));
        }
    }

    /** A dictionary. Keys other than strings and numbers are kept, but cannot be looked up. */
    static final class Dict {
        private Map<Object, Object> entries = Map.of(); // most dictionaries of a damaged file stay empty

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

    /** An object of a scripted module: its attributes only. */
    record ScriptObject(Global type, Dict attributes) {}

    /**
     * A part of a file that holds numbers.
     *
     * @param type the element type
     * @param key its name in the file
     * @param first index of the first element used; those before it belong to other views
     * @param elements the number of elements from {@code first}
     */
    record Storage(DataType type, String key, long first, long elements) {}

    /** A view of a storage; offset and strides are counted in elements. */
    record StoredTensor(Storage storage, long offset, long[] shape, long[] strides) {}
}
