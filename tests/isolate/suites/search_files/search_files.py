def search(pattern, flags, names):
    found = []
    for name in names:
        with open(name, encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                text, wanted = (line.lower(), pattern.lower()) if "-i" in flags else (line, pattern)
                if (wanted in text) != ("-v" in flags):
                    shown = f"{number}:{line}" if "-n" in flags else line
                    found.append(f"{name}:{shown}" if len(names) > 1 else shown)
    return "".join(found)
