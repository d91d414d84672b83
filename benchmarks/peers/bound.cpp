// One pass over the bytes of a CSV file: cells, rules, and the JSON of items in batches of 100, with no library.
// `bound FILE LOOKUPS` prints how many seconds it took (wall, CPU); with a third word it prints what it made.
#include <chrono>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>
using std::string;
using std::string_view;

enum Column { ID, NAME, SUMMARY, BODY, PRICE, FEATURED, PUBLISHED, EMAIL, PHONE, WEBSITE, ACCENT, CATEGORY, AUTHOR, TAGS, HERO, COLUMNS };
static const char *SLUG[] = {"", "name", "summary", "body", "price", "featured", "published-at", "email", "phone", "website", "accent", "category", "author", "tags", "hero"};
using Lookup = std::unordered_map<string_view, string_view>;
static Lookup lookups[COLUMNS];

static bool digit(char c) { return c >= '0' && c <= '9'; }
static bool space(char c) { return c == ' ' || (c >= 9 && c <= 13); }
static bool hex(char c, bool upper) { return digit(c) || (c >= 'a' && c <= 'f') || (upper && c >= 'A' && c <= 'F'); }
static size_t letters(string_view s) { size_t n = 0; for (char c : s) n += (c & 0xC0) != 0x80; return n; }
static string_view stripped(string_view s) {
    while (!s.empty() && space(s.front())) s.remove_prefix(1);
    while (!s.empty() && space(s.back())) s.remove_suffix(1);
    return s;
}
static void quoted(string &out, string_view s) {
    out += '"';
    for (char c : s) {
        if (c == '"' || c == '\\') { out += '\\'; out += c; }
        else if ((unsigned char)c < 32) { char code[8]; snprintf(code, 8, "\\u%04x", c); out += code; }
        else out += c;
    }
    out += '"';
}
static bool price(string &out, string_view s) {
    size_t whole = 0, group = 0;
    bool commas = false;
    string plain;
    size_t at = 0;
    for (; at < s.size() && s[at] != '.'; at++) {
        if (s[at] == ',') {
            if (commas ? group != 3 : (whole == 0 || whole > 3)) return false;
            commas = true; group = 0;
        } else if (digit(s[at])) { plain += s[at]; whole++; group++; }
        else return false;
    }
    if (!whole || (commas && group != 3)) return false;
    if (at < s.size()) {
        if (at + 1 == s.size()) return false;
        plain += '.';
        for (at++; at < s.size(); at++) { if (!digit(s[at])) return false; plain += s[at]; }
    }
    size_t zeros = 0;
    while (zeros + 1 < plain.size() && plain[zeros] == '0' && plain[zeros + 1] != '.') zeros++;
    out.append(plain, zeros);
    if (plain.find('.') == string::npos) out += ".0";
    return true;
}
static bool truth(string &out, string_view s) {
    char low[8];
    if (s.size() > 5) return false;
    for (size_t i = 0; i < s.size(); i++) low[i] = s[i] | (s[i] >= 'A' && s[i] <= 'Z' ? 32 : 0);
    string_view word(low, s.size());
    bool yes = word == "yes" || word == "true" || word == "1";
    if (!yes && word != "no" && word != "false" && word != "0") return false;
    out += yes ? "true" : "false";
    return true;
}
static int number(string_view s, size_t at, size_t count) {
    int value = 0;
    if (at + count > s.size()) return -1;
    for (size_t i = at; i < at + count; i++) { if (!digit(s[i])) return -1; value = value * 10 + s[i] - '0'; }
    return value;
}
static bool moment(string &out, string_view s) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year = number(s, 0, 4), month = number(s, 5, 2), day = number(s, 8, 2), hour = 0, minute = 0, second = 0;
    if (s.size() < 10 || s[4] != '-' || s[7] != '-' || year < 1 || month < 1 || month > 12 || day < 1) return false;
    bool leap = (year % 4 == 0 && year % 100) || year % 400 == 0;
    if (day > days[month - 1] + (month == 2 && leap)) return false;
    size_t at = 10;
    if (at < s.size()) {
        if ((s[at] != 'T' && s[at] != ' ') || s.size() < 16 || s[13] != ':') return false;
        hour = number(s, 11, 2); minute = number(s, 14, 2); at = 16;
        if (at < s.size() && s[at] == ':') { second = number(s, 17, 2); at = 19; }
        if (at < s.size() && s[at] == 'Z') at++;
        if (at != s.size() || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return false;
    }
    char text[40];
    snprintf(text, sizeof text, "\"%04d-%02d-%02dT%02d:%02d:%02d.000Z\"", year, month, day, hour, minute, second);
    out += text;
    return true;
}
static bool email(string_view s) {
    size_t at = s.find('@');
    if (at == string_view::npos || at == 0) return false;
    for (char c : s.substr(0, at)) if (space(c) || strchr(",:;<>()[]\"", c)) return false;
    size_t dots = 0, label = 0;
    for (char c : s.substr(at + 1)) {
        if (c == '.') { if (!label) return false; dots++; label = 0; }
        else if (space(c) || strchr("@,:;<>()[]\"", c)) return false;
        else label++;
    }
    return dots && label;
}
static bool address(string_view s) {
    if (s.substr(0, 8) == "https://") s.remove_prefix(8);
    else if (s.substr(0, 7) == "http://") s.remove_prefix(7);
    else return false;
    size_t at = 0, label = 0;
    for (; at < s.size() && !strchr("/?#", s[at]); at++) {
        if (s[at] == '.') { if (!label) return false; label = 0; }
        else if (space(s[at]) || strchr(",;|\"'<>", s[at])) return false;
        else label++;
    }
    if (!label) return false;
    for (; at < s.size(); at++) if (space(s[at])) return false;
    return true;
}
static bool phone(string_view s) {
    if (!s.empty() && s[0] == '+') s.remove_prefix(1);
    if (s.size() < 7 || s.size() > 20) return false;
    for (char c : s) if (!digit(c) && !strchr(" ()-", c)) return false;
    return true;
}
static bool value(string &out, int column, string_view s) {
    auto text = [&](bool right) { if (right) quoted(out, s); return right; };
    auto one = [&](string_view key) {
        auto found = lookups[column].find(key);
        if (found == lookups[column].end()) return false;
        out += '"'; out += found->second; out += '"';
        return true;
    };
    switch (column) {
    case ID: { bool right = s.size() == 24; for (char c : s) right = right && hex(c, false); return text(right); }
    case NAME: return text(letters(s) <= 100);
    case SUMMARY: { size_t n = letters(s); return text(n >= 10 && n <= 200); }
    case BODY: return text(letters(s) >= 10);
    case PRICE: return price(out, s);
    case FEATURED: return truth(out, s);
    case PUBLISHED: return moment(out, s);
    case EMAIL: return text(email(s));
    case PHONE: return text(phone(s));
    case WEBSITE: return text(address(s));
    case ACCENT: {
        bool right = (s.size() == 4 || s.size() == 7) && s[0] == '#';
        for (char c : s.substr(1)) right = right && hex(c, true);
        return text(right);
    }
    case TAGS:
        out += '[';
        for (size_t at = 0;;) {
            size_t end = s.find("; ", at);
            if (at) out += ',';
            if (!one(s.substr(at, end == string_view::npos ? end : end - at))) return false;
            if (end == string_view::npos) break;
            at = end + 2;
        }
        out += ']';
        return true;
    case HERO:
        if (!address(s)) return false;
        out += "{\"url\":"; quoted(out, s); out += '}';
        return true;
    default: return one(s);
    }
}

int main(int count, char **words) {
    auto whole = [](const char *path) { std::ifstream in(path, std::ios::binary); return string(std::istreambuf_iterator<char>(in), {}); };
    string content = whole(words[1]), table = whole(words[2]), errors, batch, made, item, cell;
    for (size_t at = 0; at < table.size();) {
        size_t tab = table.find('\t', at), second = table.find('\t', tab + 1), end = table.find('\n', second);
        string_view all(table);
        lookups[atoi(table.c_str() + at)][all.substr(tab + 1, second - tab - 1)] = all.substr(second + 1, end - second - 1);
        at = end + 1;
    }
    bool tells = count > 3;
    auto began = std::chrono::steady_clock::now();
    clock_t cpu = clock();
    size_t sent = 0, batched = 0;
    long row = 1;
    const char *p = content.data(), *end = p + content.size();
    p = (const char *)memchr(p, '\n', end - p) + 1;
    while (p < end) {
        row++;
        bool right = true;
        item = "{\"id\":";
        for (int column = 0; column < COLUMNS; column++) {
            string_view s;
            if (p < end && *p == '"') {
                cell.clear();
                for (p++;;) {
                    const char *quote = (const char *)memchr(p, '"', end - p);
                    cell.append(p, quote);
                    p = quote + 1;
                    if (p < end && *p == '"') { cell += '"'; p++; } else break;
                }
                s = cell;
            } else {
                const char *from = p;
                while (p < end && *p != ',' && *p != '\r' && *p != '\n') p++;
                s = string_view(from, p - from);
            }
            if (column < COLUMNS - 1) p++;
            s = stripped(s);
            bool fine = true;
            if (s.empty()) fine = column != ID && column != NAME && column != AUTHOR;
            else {
                if (column) { if (column > 1) item += ','; item += '"'; item += SLUG[column]; item += "\":"; }
                fine = value(item, column, s);
            }
            if (column == 0) item += ",\"fieldData\":{";
            if (!fine) { right = false; errors += std::to_string(row) + " " + std::to_string(column) + "\n"; }
        }
        while (p < end && (*p == '\r' || *p == '\n')) p++;
        if (!right) continue;
        item += "},\"isDraft\":false}";
        batch += batched ? "," : "{\"items\":[";
        batch += item;
        if (++batched == 100) { batch += "]}"; sent += batch.size(); batched = 0; if (tells) made += batch + "\n"; batch.clear(); }
    }
    if (batched) { batch += "]}"; sent += batch.size(); if (tells) made += batch + "\n"; }
    double wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    if (tells) printf("%s\n%s", made.c_str(), errors.c_str());
    else printf("%.6f %.6f %zu\n", wall, double(clock() - cpu) / CLOCKS_PER_SEC, sent);
}
