-- Included by other scripts: the notes of lines that become one line.

-- include: lib/line

-- The note of a line, as JSON, or nil.
local function note_of(line)
  local _, body_end = added_at(line)
  local custom, found = custom_of(line, body_end), {}
  if custom == '' then return nil end
  value_end(custom, #CUSTOM + 1, MAX_DEPTH, found)
  return found.note and string.sub(custom, found.note[1], found.note[2])
end

-- The lines of a note, each between line feeds. Of the escapes of JSON only that of a line feed is replaced.
local function lines_of(note)
  return '\n' .. string.gsub(string.sub(note, 2, -2), '\\(.)', { n = '\n' }) .. '\n'
end

-- Whether a note contains all lines of another, one below the other.
local function has_lines_of(note, other)
  return string.find(lines_of(note), lines_of(other), 1, true)
end

-- Both notes, one below the other; what one has of the other is there once. nil if neither line has one.
local function joined_note(first, second)
  if not first or not second then return first or second end
  if has_lines_of(first, second) then return first end
  if has_lines_of(second, first) then return second end
  return string.sub(first, 1, -2) .. '\\n' .. string.sub(second, 2)
end

-- The changes to `target` that join `line`, with its own changes, to it: nothing that was written for either is lost.
local function with_joined_note(line, target, custom_changes)
  local present = note_of(target)
  local note = joined_note(present, note_of(changed_line(line, 1, '', custom_changes, 0)))
  if not note or (note == present and custom_changes == '') then return custom_changes end
  return custom_changes .. '\31note\31' .. note
end

-- The line with the note of `other` in front of its own.
local function noted_like(line, other, now)
  local own = note_of(line)
  local note = joined_note(note_of(other), own)
  return note == own and line or changed_line(line, quantity_of(line), '', '\31note\31' .. note, now)
end
