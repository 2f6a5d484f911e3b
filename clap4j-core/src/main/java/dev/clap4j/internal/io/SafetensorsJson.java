package dev.clap4j.internal.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parser of a safetensors header, token by token, so that it needs little more memory than the result. Positions are
 * relative to the start of the data.
 */
final class SafetensorsJson {
    /** Fifty times the number of tensors of the largest CLIP. */
    private static final int MAX_TENSORS = 100_000;

    private static final int MAX_NAME = 500;
    private static final int MAX_DIMENSIONS = 64;
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DIMENSIONS)
                    .maxStringLength(SafetensorsHeader.MAX_HEADER_BYTES)
                    .build())
            .build();

    private final JsonParser json;

    private SafetensorsJson(JsonParser json) {
        this.json = json;
    }

    /**
     * Parses the header.
     *
     * @throws MalformedFile if it is not valid, or contradicts itself
     */
    static SafetensorsHeader parse(ByteBuffer bytes) throws IOException {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new MalformedFile("its header is not UTF-8 text");
        }
        try (JsonParser json = JSON.createParser(text)) {
            return new SafetensorsJson(json).header();
        } catch (JsonProcessingException e) {
            throw new MalformedFile("its header is not JSON: " + JsonReasons.of(e));
        }
    }

    private SafetensorsHeader header() throws IOException {
        Map<String, String> metadata = new LinkedHashMap<>();
        Map<String, SafetensorsHeader.Entry> entries = new LinkedHashMap<>();
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new MalformedFile("its header is not a JSON object");
        }
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            if (name.equals("__metadata__")) {
                metadata.putAll(metadata());
            } else {
                if (name.length() > MAX_NAME || entries.size() == MAX_TENSORS) {
                    throw new MalformedFile("it has more than " + MAX_TENSORS
                            + " tensors, or one whose name is longer than " + MAX_NAME + " characters");
                }
                entries.put(name, entry(name));
            }
        }
        if (json.nextToken() != null) {
            throw new MalformedFile("its header is not JSON: something follows its end");
        }
        return new SafetensorsHeader(metadata, entries);
    }

    private Map<String, String> metadata() throws IOException {
        Map<String, String> metadata = new LinkedHashMap<>();
        requireToken(JsonToken.START_OBJECT, "its __metadata__ is not an object of texts");
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String key = json.currentName();
            json.nextToken();
            requireToken(JsonToken.VALUE_STRING, "its __metadata__ is not an object of texts");
            metadata.put(key, json.getText());
        }
        return metadata;
    }

    private SafetensorsHeader.Entry entry(String name) throws IOException {
        requireToken(JsonToken.START_OBJECT, "tensor " + name + " lacks a shape or its two data_offsets");
        DataType type = null;
        long[] shape = null;
        long[] offsets = {};
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "dtype" -> type = type(name);
                case "shape" -> shape = numbers(name, field);
                case "data_offsets" -> offsets = numbers(name, field);
                default ->
                    throw new MalformedFile("tensor " + name + " has the field " + Names.brief(field)
                            + ", which the format does not know");
            }
        }
        if (shape == null || offsets.length != 2) {
            throw new MalformedFile("tensor " + name + " lacks a shape or its two data_offsets");
        }
        if (type == null) {
            throw new MalformedFile("tensor " + name + " lacks a dtype");
        }
        checkShape(name, shape);
        if (offsets[1] < offsets[0]) {
            throw new MalformedFile("tensor " + name + " has the impossible data_offsets " + Arrays.toString(offsets));
        }
        return new SafetensorsHeader.Entry(new TensorInfo(name, type, shape), offsets[0], offsets[1]);
    }

    private static void checkShape(String name, long[] shape) {
        long elements = 1;
        for (long extent : shape) {
            if (extent > 0 && elements > Long.MAX_VALUE / 16 / extent) {
                throw new MalformedFile("tensor " + name + " has the impossible shape " + Arrays.toString(shape));
            }
            elements *= extent;
        }
    }

    private DataType type(String name) throws IOException {
        String text = json.getText();
        for (DataType type : DataType.values()) {
            if (type.name().equals(text)) {
                return type;
            }
        }
        throw new MalformedFile("tensor " + name + " has the type \"" + Names.brief(text) + "\"; known types are "
                + Arrays.toString(DataType.values()));
    }

    /** Reads a list of non-negative integers. */
    private long[] numbers(String name, String field) throws IOException {
        List<Long> numbers = new ArrayList<>();
        requireToken(JsonToken.START_ARRAY, "tensor " + name + " lacks a shape or its two data_offsets");
        while (json.nextToken() != JsonToken.END_ARRAY) {
            boolean counts = json.currentToken() == JsonToken.VALUE_NUMBER_INT
                    && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER
                    && json.getLongValue() >= 0;
            if (!counts || numbers.size() == MAX_DIMENSIONS) {
                throw new MalformedFile(
                        "tensor " + name + " has the impossible " + field + " " + Names.brief(numbers + " …"));
            }
            numbers.add(json.getLongValue());
        }
        return numbers.stream().mapToLong(Long::longValue).toArray();
    }

    private void requireToken(JsonToken expected, String otherwise) {
        if (json.currentToken() != expected) {
            throw new MalformedFile(otherwise);
        }
    }
}
