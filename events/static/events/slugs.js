// Django strips every dash but the hyphen from the slug that it proposes: "Trump–Kim summit" would be trumpkim-summit.

const urlify = window.URLify;
window.URLify = (text, ...limits) => urlify(text.replace(/[\u2010-\u2015]/g, "-"), ...limits);
